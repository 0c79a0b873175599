import java.io.*;
import java.net.*;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.*;

public class LoginPlainColon {
    static Socket socket;
    static BufferedReader in;
    static OutputStream out;

    static void use(Socket s) throws IOException {
        socket = s;
        in = new BufferedReader(new InputStreamReader(s.getInputStream(), StandardCharsets.US_ASCII));
        out = s.getOutputStream();
    }

    static void expect(String digit) throws IOException {
        String line;
        do {
            line = in.readLine();
            if (line == null) throw new IOException("the server hung up");
            System.out.println("S: " + line);
        } while (line.length() > 3 && line.charAt(3) == '-');
        if (!line.startsWith(digit)) throw new IOException(line);
    }

    static void send(String line, String digit) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        expect(digit);
    }

    static void quit() {
        try {
            send("QUIT", "2");
            socket.close();
        } catch (IOException ignored) {
        }
    }

    static String letter(String to, String cc) {
        String date = ZonedDateTime.now().format(DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ENGLISH));
        return "From: alice@course.example\r\nTo: " + to + (cc.isEmpty() ? "" : "\r\nCc: " + cc) + "\r\nSubject: Lunch\r\nDate: " + date
            + "\r\nMessage-ID: <" + UUID.randomUUID() + "@course.example>\r\n\r\nShall we meet at noon?\r\n.";
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    public static void main(String[] args) throws Exception {
        use(javax.net.ssl.SSLSocketFactory.getDefault().createSocket("localhost", 465));
        try {
            expect("2");
            send("EHLO client.course.example", "2");
            send("AUTH PLAIN " + base64(args[0] + ":" + args[1]), "2");
            send("MAIL FROM:<alice@course.example>", "2");
            send("RCPT TO:<bob@course.example>", "2");
            send("DATA", "3");
            send(letter("bob@course.example", ""), "2");
        } catch (IOException refused) {
            System.out.println("not sent: " + refused.getMessage());
        }
        quit();
    }
}

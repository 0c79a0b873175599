import java.io.*;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

public class Careful {
    private final BufferedReader in;
    private final OutputStream out;

    Careful(Socket socket) throws IOException {
        in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        out = socket.getOutputStream();
    }

    private int reply() throws IOException {
        String line;
        do {
            line = in.readLine();
            if (line == null) throw new IOException("connection closed");
            System.out.println("S: " + line);
        } while (line.length() > 3 && line.charAt(3) == '-');
        return Integer.parseInt(line.substring(0, 3));
    }

    private void command(String line, int code) throws IOException {
        out.write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        int got = reply();
        if (got != code) throw new IOException(line + ": " + got);
    }

    public static void main(String[] args) throws Exception {
        try (Socket socket = new Socket(args[0], Integer.parseInt(args[1]))) {
            Careful client = new Careful(socket);
            if (client.reply() != 220) return;
            try {
                client.command("EHLO client.example", 250);
                client.command("MAIL FROM:<alice@client.example>", 250);
                client.command("RCPT TO:<bob@example.org>", 250);
                client.command("DATA", 354);
                String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now());
                client.command("From: <alice@client.example>\r\nTo: <bob@example.org>\r\nSubject: Java\r\nDate: " + date
                        + "\r\nMessage-ID: <" + System.nanoTime() + "@client.example>\r\n\r\nHello\r\n.", 250);
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
            client.command("QUIT", 221);
        }
    }
}

import javax.net.ssl.*;
import java.io.*;
import java.util.Base64;

/** AUTH LOGIN over TLS, behind HELO. */
public class QqTls {
    public static void main(String[] args) throws Exception {
        SSLSocket socket = (SSLSocket) SSLSocketFactory.getDefault().createSocket("smtp.qq.com", 465);
        socket.startHandshake();
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        PrintWriter out = new PrintWriter(new OutputStreamWriter(socket.getOutputStream()), true);
        reply(in);
        out.print("HELO qq.com\r\n"); out.flush();
        reply(in);
        String[] lines = {"AUTH LOGIN", b64("10001@qq.com"), b64("abcdefghijklmnop"), "MAIL FROM:<10001@qq.com>",
                          "RCPT TO:<10002@qq.com>", "DATA"};
        for (String line : lines) {
            out.print(line + "\r\n");
            out.flush();
            reply(in);
        }
        out.print("From: 10001@qq.com\r\nTo: 10002@qq.com\r\nSubject: Java and TLS\r\n\r\nHello\r\n.\r\n");
        out.flush();
        reply(in);
        out.print("QUIT\r\n");
        out.flush();
        reply(in);
        socket.close();
    }

    static void reply(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') line = in.readLine();
        System.out.println(line);
    }

    static String b64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes());
    }
}

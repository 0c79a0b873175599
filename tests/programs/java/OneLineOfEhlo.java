import java.io.*;
import java.net.*;
import java.util.Base64;

/** Reads one line for each command, and EHLO is answered by several. */
public class OneLineOfEhlo {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        BufferedReader reader = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        OutputStream writer = socket.getOutputStream();
        String[] commands = {
            "EHLO client.example",
            "AUTH LOGIN",
            Base64.getEncoder().encodeToString("alice@163.com".getBytes()),
            Base64.getEncoder().encodeToString("HVKQXZDNRTLMWABC".getBytes()),
            "MAIL FROM:<alice@163.com>",
            "RCPT TO:<bob@163.com>",
            "DATA",
        };
        System.out.println(reader.readLine());
        for (String command : commands) {
            writer.write((command + "\r\n").getBytes());
            System.out.println(reader.readLine());
        }
        writer.write("From: alice@163.com\r\nTo: bob@163.com\r\nSubject: one line\r\n\r\nhello\r\n.\r\n".getBytes());
        System.out.println(reader.readLine());
        writer.write("QUIT\r\n".getBytes());
        System.out.println(reader.readLine());
        socket.close();
    }
}

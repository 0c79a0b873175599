import java.io.*;
import java.net.*;

// readLine() once for each command, although EHLO answers with several lines.
public class TextbookOneLine {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket("localhost", 25);
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        System.out.println(in.readLine());
        String[] commands = {"EHLO client.course.example", "MAIL FROM:<alice@course.example>", "RCPT TO:<bob@course.example>", "DATA",
            "From: alice@course.example\r\nTo: bob@course.example\r\nSubject: Java\r\n\r\nI love computer networks!\r\n.", "QUIT"};
        for (String command : commands) {
            out.writeBytes(command + "\r\n");
            System.out.println(command + " -> " + in.readLine());
        }
        socket.close();
    }
}

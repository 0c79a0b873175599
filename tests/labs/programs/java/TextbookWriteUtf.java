import java.io.*;
import java.net.*;

public class TextbookWriteUtf {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket("localhost", 25);
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        DataOutputStream out = new DataOutputStream(socket.getOutputStream());
        System.out.println(in.readLine());
        for (String c : new String[] {"HELO client.course.example", "MAIL FROM:<alice@course.example>", "RCPT TO:<bob@course.example>", "DATA"}) {
            out.writeUTF(c + "\r\n");
            System.out.println(in.readLine());
        }
        out.writeUTF("Subject: hi\r\n\r\nhello\r\n.\r\n");
        System.out.println(in.readLine());
        out.writeUTF("QUIT\r\n");
        System.out.println(in.readLine());
    }
}

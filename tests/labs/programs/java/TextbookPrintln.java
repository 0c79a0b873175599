import java.io.*;
import java.net.*;

public class TextbookPrintln {
    static PrintWriter out;
    static BufferedReader in;

    static void command(String text) throws IOException {
        out.println(text);
        System.out.println(in.readLine());
    }

    public static void main(String[] args) throws Exception {
        Socket socket = new Socket("localhost", 25);
        in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        out = new PrintWriter(socket.getOutputStream(), true);
        System.out.println(in.readLine());
        command("HELO client.course.example");
        command("MAIL FROM:<alice@course.example>");
        command("RCPT TO:<bob@course.example>");
        command("DATA");
        out.println("From: alice@course.example");
        out.println("To: bob@course.example");
        out.println("Subject: Java");
        out.println();
        out.println("I love computer networks!");
        command(".");
        command("QUIT");
        socket.close();
    }
}

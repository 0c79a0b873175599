import java.io.*;
import java.net.*;

public class PrintlnMailer {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        PrintWriter out = new PrintWriter(socket.getOutputStream(), true);
        System.out.println(in.readLine());
        out.println("HELO client.example");
        System.out.println(in.readLine());
        out.println("MAIL FROM:<alice@client.example>");
        System.out.println(in.readLine());
        out.println("RCPT TO:<bob@example.org>");
        System.out.println(in.readLine());
        out.println("DATA");
        System.out.println(in.readLine());
        out.println("From: alice@client.example");
        out.println("To: bob@example.org");
        out.println("Subject: Hello from Java");
        out.println();
        out.println("This is the text.");
        out.println(".");
        System.out.println(in.readLine());
        out.println("QUIT");
        System.out.println(in.readLine());
        socket.close();
    }
}

import java.io.OutputStream;
import java.net.Socket;
import java.util.Base64;
import java.util.Scanner;

public class ScannerLogin {
    static Scanner in;
    static OutputStream out;

    static String ask(String line) throws Exception {
        out.write((line + "\r\n").getBytes());
        out.flush();
        String answer = in.nextLine();
        System.out.println(answer);
        return answer;
    }

    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        in = new Scanner(socket.getInputStream());
        out = socket.getOutputStream();
        System.out.println(in.nextLine());
        ask("HELO client.example");
        ask("AUTH LOGIN");
        ask(Base64.getMimeEncoder().encodeToString("alice@163.com".getBytes()));
        ask(Base64.getEncoder().withoutPadding().encodeToString("HVKQXZDNRTLMWABC".getBytes()));
        ask("MAIL FROM <alice@163.com>");
        ask("RCPT TO <bob@163.com>");
        ask("DATA");
        ask("From:alice@163.com\r\nTo:bob@163.com\r\nSubject:Scanner\r\n\r\nHello\r\n.");
        ask("QUIT");
        socket.close();
    }
}

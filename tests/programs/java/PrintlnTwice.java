import java.io.*;
import java.net.*;

/** println() of lines that have their CR LF already. */
public class PrintlnTwice {
    static BufferedReader in;
    static PrintWriter out;

    static void sendCommand(String command) throws IOException {
        out.println(command);
        out.flush();
        System.out.println(in.readLine());
    }

    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        out = new PrintWriter(new OutputStreamWriter(socket.getOutputStream()));
        System.out.println(in.readLine());
        sendCommand("HELO client.example\r\n");
        sendCommand("MAIL FROM:<alice@client.example>\r\n");
        sendCommand("RCPT TO:<bob@example.org>\r\n");
        sendCommand("QUIT\r\n");
        socket.close();
    }
}

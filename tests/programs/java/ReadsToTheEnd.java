import java.io.*;
import java.net.*;

/** Waits for a null that comes only when the server hangs up. */
public class ReadsToTheEnd {
    static void readAll(BufferedReader in) throws IOException {
        String line;
        while ((line = in.readLine()) != null) {
            System.out.println("Server: " + line);
        }
    }

    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        PrintStream out = new PrintStream(socket.getOutputStream());
        System.out.println(in.readLine());
        out.print("EHLO client.example\r\n");
        readAll(in);
        out.print("QUIT\r\n");
        readAll(in);
    }
}

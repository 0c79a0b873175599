import java.io.*;
import java.net.*;

/** A password with a blank, as it is; and nobody looks at the answer. */
public class ImapUnquoted {
    static BufferedReader in;
    static PrintWriter out;

    static void ask(String tag, String line) throws IOException {
        out.print(tag + " " + line + "\r\n");
        out.flush();
        String answer;
        while ((answer = in.readLine()) != null) {
            System.out.println(answer);
            if (answer.startsWith(tag + " ")) return;
        }
    }

    public static void main(String[] args) throws IOException {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        out = new PrintWriter(socket.getOutputStream());
        in.readLine();
        ask("a1", "LOGIN alice@mock.example through the looking glass");
        ask("a2", "SELECT INBOX");
        ask("a3", "SEARCH ALL");
        ask("a4", "LOGOUT");
        socket.close();
    }
}

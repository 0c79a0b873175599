import java.io.*;
import java.net.*;

public class NeverFlushed {
    public static void main(String[] args) throws Exception {
        Socket socket = new Socket(args[0], Integer.parseInt(args[1]));
        BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
        BufferedWriter out = new BufferedWriter(new OutputStreamWriter(socket.getOutputStream()));
        System.out.println(in.readLine());
        out.write("HELO client.example\r\n");
        System.out.println(in.readLine());
        out.write("QUIT\r\n");
        System.out.println(in.readLine());
        socket.close();
    }
}

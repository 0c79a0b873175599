import java.io.*;
import java.net.*;

public class WriteUtf {
    public static void main(String[] args) throws Exception {
        Socket s = new Socket(args[0], Integer.parseInt(args[1]));
        DataOutputStream out = new DataOutputStream(s.getOutputStream());
        BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream()));
        System.out.println(in.readLine());
        for (String line : new String[] {"HELO client.example\r\n", "MAIL FROM:<alice@client.example>\r\n", "QUIT\r\n"}) {
            out.writeUTF(line);
            System.out.println(in.readLine());
        }
        s.close();
    }
}

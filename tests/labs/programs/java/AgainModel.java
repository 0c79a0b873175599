import java.io.*;
import java.net.Socket;
import java.util.concurrent.TimeUnit;
public class AgainModel {
    static int attempt() throws IOException {
        try (Socket s = new Socket("localhost", 25)) {
            BufferedReader in = new BufferedReader(new InputStreamReader(s.getInputStream()));
            OutputStream out = s.getOutputStream();
            String[] say = {null, "HELO again.course.example", "MAIL FROM:<alice@course.example>", "RCPT TO:<bob@course.example>", "DATA", "Subject: again\r\n\r\nagain\r\n."};
            int code = 0;
            for (String one : say) {
                if (one != null) { out.write((one + "\r\n").getBytes()); out.flush(); }
                String line;
                do line = in.readLine(); while (line.charAt(3) == '-');
                System.out.println(line);
                code = Integer.parseInt(line.substring(0, 3));
                if (code >= 400) break;
            }
            out.write("QUIT\r\n".getBytes()); out.flush(); System.out.println(in.readLine());
            return code;
        }
    }
    public static void main(String[] args) throws Exception {
        for (int i = 0; i < 4; i++) {
            int code = attempt();
            if (code < 400 || code >= 500) return;
            System.out.println("Greylisted, waiting 90 seconds ...");
            TimeUnit.SECONDS.sleep(90);
        }
    }
}

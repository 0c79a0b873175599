import java.io.*;
import java.net.*;

/** All lines in a row, then it listens until somebody says OK; the last line has no end. */
public class Impatient {
    public static void main(String[] args) {
        Socket smtpSocket = null;
        DataOutputStream os = null;
        BufferedReader is = null;
        try {
            smtpSocket = new Socket(args[0], Integer.parseInt(args[1]));
            os = new DataOutputStream(smtpSocket.getOutputStream());
            is = new BufferedReader(new InputStreamReader(smtpSocket.getInputStream()));
        } catch (IOException e) {
            System.err.println("Couldn't get I/O for the connection: " + e);
        }
        if (smtpSocket != null && os != null && is != null) {
            try {
                os.writeBytes("HELO client.example\n");
                os.writeBytes("MAIL From: <alice@client.example>\n");
                os.writeBytes("RCPT To: <bob@example.org>\n");
                os.writeBytes("DATA\n");
                os.writeBytes("From: alice@client.example\n");
                os.writeBytes("Subject: testing\n");
                os.writeBytes("Hi there\n");
                os.writeBytes("\n.\n");
                os.writeBytes("QUIT");
                String responseLine;
                while ((responseLine = is.readLine()) != null) {
                    System.out.println("Server: " + responseLine);
                    if (responseLine.indexOf("accepted") != -1) break;
                }
                os.close();
                is.close();
                smtpSocket.close();
            } catch (IOException e) {
                System.err.println("IOException: " + e);
            }
        }
    }
}

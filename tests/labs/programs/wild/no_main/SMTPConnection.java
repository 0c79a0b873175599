import java.io.*;
import java.net.*;
import java.util.*;

/** Open an SMTP connection to a mailserver and send one mail. */
public class SMTPConnection {
    private Socket connection;
    private BufferedReader fromServer;
    private DataOutputStream toServer;
    private static final int SMTP_PORT = 25;
    private static final String CRLF = "\r\n";
    private boolean isConnected = false;

    public SMTPConnection(String host) throws IOException {
        connection = new Socket(host, SMTP_PORT);
        fromServer = new BufferedReader(new InputStreamReader(connection.getInputStream()));
        toServer = new DataOutputStream(connection.getOutputStream());
        String reply = fromServer.readLine();
        if (parseReply(reply) != 220) {
            System.out.println("Error in connect.");
            return;
        }
        String localhost = (InetAddress.getLocalHost()).getHostName();
        sendCommand("HELO " + localhost, 250);
        isConnected = true;
    }

    public void send(String sender, String recipient, String message) throws IOException {
        sendCommand("MAIL FROM:<" + sender + ">", 250);
        sendCommand("RCPT TO:<" + recipient + ">", 250);
        sendCommand("DATA", 354);
        sendCommand(message + CRLF + ".", 250);
    }

    public void close() {
        isConnected = false;
        try {
            sendCommand("QUIT", 221);
            connection.close();
        } catch (IOException e) {
            isConnected = true;
        }
    }

    private void sendCommand(String command, int rc) throws IOException {
        toServer.writeBytes(command + CRLF);
        if (parseReply(fromServer.readLine()) != rc) throw new IOException("reply is not " + rc);
    }

    private int parseReply(String reply) {
        return Integer.parseInt(new StringTokenizer(reply, " ").nextToken());
    }
}

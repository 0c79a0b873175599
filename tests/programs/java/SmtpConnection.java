import java.io.*;
import java.net.*;
import java.util.*;

/** Open an SMTP connection to a mailserver and send one mail. */
public class SmtpConnection {
    private Socket connection;
    private BufferedReader fromServer;
    private DataOutputStream toServer;
    private static final String CRLF = "\r\n";
    private boolean isConnected = false;

    public SmtpConnection(String host, int port) throws IOException {
        connection = new Socket(host, port);
        fromServer = new BufferedReader(new InputStreamReader(connection.getInputStream()));
        toServer = new DataOutputStream(connection.getOutputStream());
        if (parseReply(fromServer.readLine()) != 220) throw new IOException("no 220");
        sendCommand("HELO " + "localhost", 250);
        isConnected = true;
    }

    public void send(String sender, String recipient, String headers, String body) throws IOException {
        sendCommand("MAIL FROM: <" + sender + ">", 250);
        sendCommand("RCPT TO: <" + recipient + ">", 250);
        sendCommand("DATA", 354);
        sendCommand(headers + CRLF + body + CRLF + ".", 250);
    }

    public void close() {
        isConnected = false;
        try {
            sendCommand("QUIT", 221);
            connection.close();
        } catch (IOException e) {
            System.out.println("Unable to close connection: " + e);
            isConnected = true;
        }
    }

    private void sendCommand(String command, int rc) throws IOException {
        toServer.writeBytes(command + CRLF);
        String reply = fromServer.readLine();
        System.out.println(reply);
        if (parseReply(reply) != rc) throw new IOException("Incorrect reply code received: " + reply);
    }

    private int parseReply(String reply) {
        StringTokenizer parser = new StringTokenizer(reply);
        return Integer.parseInt(parser.nextToken());
    }

    public static void main(String[] args) throws Exception {
        SmtpConnection c = new SmtpConnection(args[0], Integer.parseInt(args[1]));
        String headers = "From: alice@client.example" + CRLF + "To: bob@example.org" + CRLF + "Subject: From the framework" + CRLF;
        c.send("alice@client.example", "bob@example.org", headers, "The body" + CRLF + ".profile is hidden");
        c.close();
    }
}

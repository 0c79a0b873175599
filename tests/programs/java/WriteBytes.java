import java.io.*;
import java.net.*;

/** The textbook's framework: DataOutputStream.writeBytes, parseReply, close in any case. */
public class WriteBytes {
    private static final String CRLF = "\r\n";
    private Socket connection;
    private BufferedReader fromServer;
    private DataOutputStream toServer;
    private boolean isConnected = false;

    public WriteBytes(String host, int port) throws IOException {
        connection = new Socket(host, port);
        fromServer = new BufferedReader(new InputStreamReader(connection.getInputStream()));
        toServer = new DataOutputStream(connection.getOutputStream());
        if (parseReply(fromServer.readLine()) != 220) throw new IOException("220 expected");
        sendCommand("HELO client.example" + CRLF, 250);
        isConnected = true;
    }

    public void send(String sender, String recipient, String message) throws IOException {
        sendCommand("MAIL FROM:<" + sender + ">" + CRLF, 250);
        sendCommand("RCPT TO:<" + recipient + ">" + CRLF, 250);
        sendCommand("DATA" + CRLF, 354);
        sendCommand(message + CRLF + "." + CRLF, 250);
    }

    public void close() {
        isConnected = false;
        try {
            sendCommand("QUIT" + CRLF, 221);
            connection.close();
        } catch (IOException e) {
            System.out.println("Unable to close connection: " + e);
            isConnected = true;
        }
    }

    private void sendCommand(String command, int rc) throws IOException {
        toServer.writeBytes(command);
        int reply = parseReply(fromServer.readLine());
        if (reply != rc) throw new IOException("reply " + reply + " to " + command);
    }

    private int parseReply(String reply) {
        return Integer.parseInt(reply.substring(0, 3));
    }

    public static void main(String[] args) throws IOException {
        WriteBytes connection = new WriteBytes(args[0], Integer.parseInt(args[1]));
        try {
            connection.send("alice@client.example", "bob@example.org",
                "From: alice@client.example\r\nTo: bob@example.org\r\nSubject: Lab\r\n"
                + "Date: " + java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(java.time.ZonedDateTime.now())
                + "\r\nMessage-ID: <2@client.example>\r\n\r\nHello");
        } finally {
            connection.close();
        }
    }
}

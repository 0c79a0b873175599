import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;

/** Opens an SMTP connection to a mail server and sends one mail. */
class AgentModelConnection {
    private final Socket connection;
    private final BufferedReader fromServer;
    private final DataOutputStream toServer;
    private boolean isConnected = false;

    AgentModelConnection(String host, int port) throws IOException {
        connection = new Socket(host, port);
        fromServer = new BufferedReader(new InputStreamReader(connection.getInputStream()));
        toServer = new DataOutputStream(connection.getOutputStream());
        if (parseReply(readReply()) != 220) throw new IOException("no greeting");
        sendCommand("HELO client.course.example", 250);
        isConnected = true;
    }

    void send(String sender, String recipient, String message) throws IOException {
        sendCommand("MAIL FROM:<" + sender + ">", 250);
        sendCommand("RCPT TO:<" + recipient + ">", 250);
        sendCommand("DATA", 354);
        sendCommand(message + "\r\n.", 250);
    }

    void close() {
        isConnected = false;
        try {
            sendCommand("QUIT", 221);
            connection.close();
        } catch (IOException e) {
            System.out.println("Unable to close connection: " + e);
        }
    }

    private String readReply() throws IOException {
        String line = fromServer.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') line = fromServer.readLine();
        if (line == null) throw new IOException("the server hung up");
        return line;
    }

    private void sendCommand(String command, int rc) throws IOException {
        toServer.writeBytes(command + "\r\n");
        String reply = readReply();
        if (parseReply(reply) != rc) throw new IOException("unexpected reply: " + reply);
    }

    private int parseReply(String reply) {
        return Integer.parseInt(new StringTokenizer(reply).nextToken());
    }
}

public class AgentModel {
    public static void main(String[] args) throws Exception {
        StringBuilder message = new StringBuilder("From: alice@course.example\r\nTo: bob@course.example\r\nSubject: Lunch\r\n"
            + "Date: " + java.time.ZonedDateTime.now().format(java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME) + "\r\n"
            + "Message-ID: <" + UUID.randomUUID() + "@course.example>\r\n");
        for (String line : Files.readAllLines(Paths.get("body.txt"))) {
            message.append("\r\n");
            if (line.startsWith(".")) message.append('.');
            message.append(line);
        }
        AgentModelConnection connection = new AgentModelConnection("localhost", 25);
        try {
            connection.send("alice@course.example", "bob@course.example", message.toString());
        } catch (IOException e) {
            System.out.println("not sent: " + e.getMessage());
        }
        connection.close();
    }
}

import java.io.*;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import javax.net.ssl.*;

/** Client HOST PORT: one mail, over TLS from the start on 465, over STARTTLS elsewhere. */
public class Client {
    private final String host;
    private final int port;
    private Socket socket;
    private BufferedReader in;

    Client(String host, int port) throws IOException {
        this.host = host;
        this.port = port;
        use(new Socket(host, port));
    }

    private void use(Socket to) throws IOException {
        socket = to;
        in = new BufferedReader(new InputStreamReader(to.getInputStream(), StandardCharsets.US_ASCII));
    }

    private void beginTls() throws IOException {
        SSLSocket tls = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(socket, host, port, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");  // the certificate has to be for this host
        tls.setSSLParameters(parameters);
        tls.startHandshake();
        use(tls);
    }

    private void expect(String code) throws IOException {
        String line;
        do {
            line = in.readLine();
            System.out.println(line);
        } while (line != null && line.startsWith("-", 3));
        if (line == null || !line.startsWith(code)) throw new IOException("not " + code + ": " + line);
    }

    private void ask(String text, String code) throws IOException {
        socket.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        expect(code);
    }

    void deliver() throws IOException {
        if (port == 465) {
            beginTls();
            expect("220");
        } else {
            expect("220");
            ask("EHLO client.example", "250");
            ask("STARTTLS", "220");
            beginTls();
        }
        ask("EHLO client.example", "250");
        byte[] response = ("\0" + "10001@qq.com" + "\0" + "abcdefghijklmnop").getBytes(StandardCharsets.US_ASCII);
        ask("AUTH PLAIN " + Base64.getEncoder().encodeToString(response), "235");
        ask("MAIL FROM:<10001@qq.com>", "250");
        ask("RCPT TO:<10002@qq.com>", "250");
        ask("DATA", "354");
        ask("From: 10001@qq.com\r\nTo: 10002@qq.com\r\nSubject: Five languages\r\n\r\nSent by a client in Java.\r\n.", "250");
        ask("QUIT", "221");
        socket.close();
    }

    public static void main(String[] arguments) throws IOException {
        new Client(arguments[0], Integer.parseInt(arguments[1])).deliver();
    }
}

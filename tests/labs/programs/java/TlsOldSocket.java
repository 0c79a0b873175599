import java.io.*;
import java.net.Socket;
import java.util.Base64;
import javax.net.ssl.*;
public class TlsOldSocket {
    static BufferedReader in;
    static OutputStream out;
    static String read() throws IOException {
        String line;
        do { line = in.readLine(); System.out.println("S: " + line); } while (line != null && line.length() > 3 && line.charAt(3) == '-');
        return line;
    }
    static void send(String s) throws IOException { out.write((s + "\r\n").getBytes()); out.flush(); }
    public static void main(String[] a) throws Exception {
        Socket s = new Socket("localhost", 587);
        in = new BufferedReader(new InputStreamReader(s.getInputStream()));
        out = s.getOutputStream();
        read();
        send("EHLO pc.course.example"); read();
        send("STARTTLS"); read();
        SSLSocket t = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault()).createSocket(s, "localhost", 587, true);
        t.startHandshake();
        send("EHLO pc.course.example"); read();
        send("AUTH LOGIN"); read();
        send(Base64.getEncoder().encodeToString(a[0].getBytes())); read();
        send(Base64.getEncoder().encodeToString(a[1].getBytes())); read();
        send("MAIL FROM:<" + a[0] + ">"); read();
        send("RCPT TO:<bob@course.example>"); read();
        send("DATA"); read();
        send("Subject: tls\r\n\r\nhello\r\n."); read();
        send("QUIT"); read();
    }
}

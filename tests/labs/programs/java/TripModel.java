import java.io.*;
import java.net.*;
import java.util.Scanner;
public class TripModel {
    static BufferedReader in; static PrintWriter out;
    static void exchange(String command) throws IOException {
        long start = System.currentTimeMillis();
        if (command != null) { out.print(command + "\r\n"); out.flush(); }
        String line;
        do line = in.readLine(); while (line.length() > 3 && line.charAt(3) == '-');
        long rtt = System.currentTimeMillis() - start;
        System.out.println(line);
        System.out.println("RTT = " + rtt + " milliseconds");
    }
    public static void main(String[] a) throws Exception {
        Scanner keys = new Scanner(System.in);
        System.out.print("Enter the host name of the mail server: ");
        String host = keys.nextLine();
        Socket s = new Socket(host, 25);
        in = new BufferedReader(new InputStreamReader(s.getInputStream()));
        out = new PrintWriter(s.getOutputStream());
        exchange(null);
        exchange("HELO me.course.example");
        String more;
        do {
            System.out.print("Sender's email address: ");
            String from = keys.nextLine();
            System.out.print("Receiver's email address: ");
            String to = keys.nextLine();
            System.out.print("Subject: ");
            String subject = keys.nextLine();
            System.out.println("Contents (finish with a line that has a single period):");
            StringBuilder text = new StringBuilder();
            for (String l = keys.nextLine(); !l.equals("."); l = keys.nextLine()) text.append(l).append("\r\n");
            exchange("MAIL FROM:<" + from + ">");
            exchange("RCPT TO:<" + to + ">");
            exchange("DATA");
            exchange("From: " + from + "\r\nTo: " + to + "\r\nSubject: " + subject + "\r\n\r\n" + text + ".");
            System.out.print("Continue? (yes/quit) ");
            more = keys.nextLine();
        } while (!more.equalsIgnoreCase("quit") && !more.equalsIgnoreCase("n") && !more.equalsIgnoreCase("no"));
        exchange("QUIT");
        s.close();
    }
}

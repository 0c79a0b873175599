import java.awt.*;
import java.awt.event.*;
import java.io.*;
import java.net.*;
import javax.swing.*;

public class MailClient extends JFrame {
    private final JTextField server = new JTextField("localhost", 40);
    private final JTextField from = new JTextField("alice@course.example", 40);
    private final JTextField to = new JTextField("bob@course.example", 40);
    private final JTextArea text = new JTextArea(10, 40);

    public MailClient() {
        super("Java Mailclient");
        JPanel fields = new JPanel(new GridLayout(0, 1));
        fields.add(server);
        fields.add(from);
        fields.add(to);
        JButton send = new JButton("Send");
        send.addActionListener(event -> send());
        add(fields, BorderLayout.NORTH);
        add(text, BorderLayout.CENTER);
        add(send, BorderLayout.SOUTH);
        pack();
        setVisible(true);
    }

    private void send() {
        try (Socket socket = new Socket(server.getText(), 25)) {
            BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
            DataOutputStream out = new DataOutputStream(socket.getOutputStream());
            in.readLine();
            for (String line : new String[] {"HELO client", "MAIL FROM:<" + from.getText() + ">", "RCPT TO:<" + to.getText() + ">", "DATA", text.getText() + "\r\n.", "QUIT"}) {
                out.writeBytes(line + "\r\n");
                System.out.println(in.readLine());
            }
        } catch (IOException e) {
            JOptionPane.showMessageDialog(this, e);
        }
    }

    public static void main(String[] args) {
        new MailClient();
    }
}

const net = require("net"); const [host, port] = process.argv.slice(2);
const letter = "From: <alice@example.com>\r\nTo: <bob@example.com>\r\nSubject: Hi\r\nDate: Tue, 01 Dec 2026 09:30:00 +0800\r\nMessage-ID: <1@example.com>\r\n\r\nHello\r\n.\r\n";
const say = ["HELO client.example\r\n", "MAIL FROM:<alice@example.com>\r\n", "RCPT TO:<bob@example.com>\r\n", "DATA\r\n", letter, "QUIT\r\n"];
const s = net.connect(port, host); s.on("data", d => console.log(String(d))); say.forEach((line, i) => setTimeout(() => s.write(line), 50 * i)); s.on("end", () => s.end());

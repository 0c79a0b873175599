// Whatever comes is taken for the next reply.
const net = require("net");
const lines = ["HELO client.course.example", "MAIL FROM:<alice@course.example>", "RCPT TO:<bob@course.example>", "DATA",
  "From: alice@course.example\r\nTo: bob@course.example\r\nSubject: Node\r\n\r\nI love computer networks!\r\n.", "QUIT"];
const client = net.connect(25, "localhost");
client.on("data", (data) => {
  console.log(data.toString());
  const next = lines.shift();
  if (next) client.write(next + "\r\n");
});
client.on("end", () => client.end());

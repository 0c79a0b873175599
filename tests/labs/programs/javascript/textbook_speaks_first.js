const net = require("net");
const client = net.connect(25, "localhost", () => {
  client.write("HELO client.course.example\r\n");
});
const lines = ["MAIL FROM:<alice@course.example>", "RCPT TO:<bob@course.example>", "DATA",
  "From: alice@course.example\r\nTo: bob@course.example\r\nSubject: Node\r\n\r\nI love computer networks!\r\n.", "QUIT"];
let greeted = false;
client.on("data", (data) => {
  console.log(data.toString());
  for (const line of data.toString().split("\r\n").filter(Boolean)) {
    if (!greeted) {
      greeted = true;
      continue;
    }
    const next = lines.shift();
    if (next) client.write(next + "\r\n");
  }
});
client.on("end", () => client.end());

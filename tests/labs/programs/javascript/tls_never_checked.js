const net = require("net");
const tls = require("tls");

let socket;
let buffer = "";
let waiting = null;

function look() {
  for (;;) {
    const end = buffer.indexOf("\r\n");
    if (end < 0 || !waiting) return;
    const line = buffer.slice(0, end);
    buffer = buffer.slice(end + 2);
    console.log("S: " + line);
    if (line[3] !== "-") {
      const done = waiting;
      waiting = null;
      done.resolve(line);
    }
  }
}

function use(s) {
  socket = s;
  s.on("data", (data) => {
    buffer += data.toString();
    look();
  });
  const over = () => waiting && waiting.reject(new Error("the server hung up"));
  s.on("close", over);
  s.on("error", over);
}

async function reply(digit) {
  const line = await new Promise((resolve, reject) => {
    waiting = { resolve, reject };
    if (socket.destroyed) reject(new Error("the server hung up"));
    look();
  });
  if (line[0] !== digit) throw new Error(line);
}

async function say(line, digit) {
  socket.write(line + "\r\n");
  await reply(digit);
}

function letter(to, cc) {
  const date = new Date().toUTCString().replace("GMT", "+0000");
  return [
    "From: alice@course.example", `To: ${to}`, ...(cc ? [`Cc: ${cc}`] : []), "Subject: Lunch", `Date: ${date}`,
    `Message-ID: <${Date.now()}@course.example>`, "", "Shall we meet at noon?", ".",
  ].join("\r\n");
}

async function quit() {
  try {
    await say("QUIT", "2");
  } catch (gone) {
    // Nobody is there any more.
  }
  socket.end();
}

async function main() {
  use(net.connect(587, "localhost"));
  try {
    await reply("2");
    await say("EHLO client.course.example", "2");
    await say("STARTTLS", "2");
    socket.removeAllListeners();
    use(tls.connect({ socket, servername: "localhost", rejectUnauthorized: false }));
    await say("EHLO client.course.example", "2");
    await say("MAIL FROM:<alice@course.example>", "2");
    await say("RCPT TO:<bob@course.example>", "2");
    await say("DATA", "3");
    await say(letter("bob@course.example"), "2");
  } catch (refused) {
    console.log("not sent: " + refused.message);
    process.exitCode = 1;
  }
  await quit();
}

main();

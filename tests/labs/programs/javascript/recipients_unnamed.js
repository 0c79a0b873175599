const net = require("net");

let socket;
let buffer = "";
let waiting = null;

function look() {
  for (;;) {
    const end = buffer.indexOf("\r\n");
    if (end < 0 || !waiting) return;
    const line = buffer.slice(0, end);
    buffer = buffer.slice(end + 2);
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
  const [from, to, cc, bcc] = process.argv.slice(2);
  let taken = 0;
  use(net.connect(25, "localhost"));
  try {
    await reply("2");
    await say("EHLO client.course.example", "2");
    await say(`MAIL FROM:<${from}>`, "2");
    for (const address of [to, cc, bcc].join(",").split(",")) {
      try {
        await say(`RCPT TO:<${address.trim()}>`, "2");
        taken++;
      } catch (refused) {
        console.log("one recipient was refused");
        process.exitCode = 1;
      }
    }
    if (taken > 0) {
      await say("DATA", "3");
      await say(letter(to, cc), "2");
    }
  } catch (refused) {
    console.log("not sent: " + refused.message);
    process.exitCode = 1;
  }
  await quit();
}

main();

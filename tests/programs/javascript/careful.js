// A reply is whole when a line has no hyphen behind its code.
const net = require('net');

class Client {
  constructor(host, port) {
    this.buffer = '';
    this.waiting = null;
    this.socket = net.connect({ host, port });
    this.socket.setEncoding('latin1');
    this.socket.on('data', (chunk) => { this.buffer += chunk; this.look(); });
    this.socket.on('error', (error) => { console.error(error.message); process.exit(1); });
  }
  look() {
    const found = /^(?:\d{3}-[^\n]*\n)*(\d{3})(?: [^\n]*)?\n/.exec(this.buffer);
    if (!found || !this.waiting) return;
    this.buffer = this.buffer.slice(found[0].length);
    const done = this.waiting;
    this.waiting = null;
    done(Number(found[1]));
  }
  reply() { return new Promise((resolve) => { this.waiting = resolve; this.look(); }); }
  ask(line) { this.socket.write(line + '\r\n'); return this.reply(); }
}

async function main() {
  const client = new Client(process.argv[2], Number(process.argv[3]));
  const must = (code, wanted) => { if (Math.floor(code / 100) !== wanted) throw new Error('refused: ' + code); };
  try {
    must(await client.reply(), 2);
    must(await client.ask('EHLO client.example'), 2);
    must(await client.ask('MAIL FROM:<alice@client.example>'), 2);
    must(await client.ask('RCPT TO:<bob@example.org>'), 2);
    must(await client.ask('DATA'), 3);
    const date = new Date().toUTCString().replace('GMT', '+0000');
    must(await client.ask(`From: <alice@client.example>\r\nTo: <bob@example.org>\r\nSubject: js\r\nDate: ${date}\r\nMessage-ID: <${Date.now()}@client.example>\r\n\r\nHello\r\n.`), 2);
  } catch (error) {
    console.error(error.message);
    process.exitCode = 1;
  }
  await client.ask('QUIT');
  client.socket.end();
}

main();

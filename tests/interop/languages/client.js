// client.js HOST PORT: one mail, over TLS from the start on 465, over STARTTLS elsewhere.
const net = require('net');
const tls = require('tls');

const [host, port] = [process.argv[2], Number(process.argv[3])];
let socket;
let buffer = '';
let wake = () => {};

function use(to) {
  socket = to;
  socket.setEncoding('latin1');
  socket.on('data', (text) => { buffer += text; wake(); });
  socket.on('error', fail);
  socket.on('close', () => wake(new Error('the server has gone')));
}

function fail(error) {
  console.error(error.message);
  process.exit(1);
}

const connected = (to, event) => new Promise((resolve, reject) => to.once(event, resolve).once('error', reject));

async function beginTls(options) {
  if (socket) socket.removeAllListeners();
  const secured = tls.connect({ host, port, servername: host, ...options });
  await connected(secured, 'secureConnect');
  use(secured);
}

async function expect(code) {
  for (;;) {
    const whole = /^(?:\d{3}-[^\n]*\n)*(\d{3}) [^\n]*\n/.exec(buffer);
    if (whole) {
      console.log(whole[0].trim());
      buffer = buffer.slice(whole[0].length);
      if (whole[1] !== code) throw new Error(`not ${code}`);
      return;
    }
    await new Promise((resolve, reject) => { wake = (error) => (error ? reject(error) : resolve()); });
  }
}

async function ask(text, code) {
  socket.write(text + '\r\n');
  await expect(code);
}

async function main() {
  if (port === 465) {
    await beginTls({});
    await expect('220');
  } else {
    use(net.connect({ host, port }));
    await expect('220');
    await ask('EHLO client.example', '250');
    await ask('STARTTLS', '220');
    await beginTls({ socket });
  }
  await ask('EHLO client.example', '250');
  await ask('AUTH PLAIN ' + Buffer.from('\0' + '10001@qq.com' + '\0' + 'abcdefghijklmnop').toString('base64'), '235');
  await ask('MAIL FROM:<10001@qq.com>', '250');
  await ask('RCPT TO:<10002@qq.com>', '250');
  await ask('DATA', '354');
  await ask('From: 10001@qq.com\r\nTo: 10002@qq.com\r\nSubject: Five languages\r\n\r\nSent by a client in JavaScript.\r\n.', '250');
  await ask('QUIT', '221');
  socket.destroy();
}

main().then(() => process.exit(0), fail);

const net = require('net');
const client = net.createConnection(Number(process.argv[3]), process.argv[2]);
client.once('data', () => {
  client.write('a1 LOGIN "alice@mock.example" "through-the-looking-glass"\r\n' +
               'a2 EXAMINE INBOX\r\na3 FETCH 1 (FLAGS)\r\na4 LOGOUT\r\n');
  client.on('data', (data) => console.log(data.toString()));
});

import socket

HOST = "127.0.0.1"
PORT = 2526
clientSocket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
clientSocket.bind((HOST, PORT))
clientSocket.listen(1)
print("waiting for the mail server")
connection, address = clientSocket.accept()
connection.send(b"HELO Alice\r\n")
print(connection.recv(1024))

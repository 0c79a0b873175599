from socket import *
clientSocket = socket(AF_INET, SOCK_DGRAM)
clientSocket.settimeout(3)
for command in ["HELO Alice\r\n", "MAIL FROM:<alice@course.example>\r\n", "RCPT TO:<bob@course.example>\r\n", "DATA\r\n"]:
    clientSocket.sendto(command.encode(), ("localhost", 25))
    try:
        print(clientSocket.recvfrom(1024))
    except timeout:
        print("Request timed out")

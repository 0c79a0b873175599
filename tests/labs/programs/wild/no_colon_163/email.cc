#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <string>
using namespace std;

int sock;

void recvCode(const char *code) {
    char buf[1024] = {0};
    recv(sock, buf, sizeof(buf) - 1, 0);
    cout << buf;
    if (strncmp(buf, code, 3) != 0) {
        cout << "error, expected " << code << endl;
        exit(1);
    }
}

void sendLine(const string &s) {
    string line = s + "\r\n";
    send(sock, line.c_str(), line.size(), 0);
}

int main() {
    hostent *host = gethostbyname("smtp.163.com");
    sockaddr_in addr{};
    addr.sin_family = AF_INET;
    addr.sin_port = htons(25);
    memcpy(&addr.sin_addr, host->h_addr, host->h_length);
    sock = socket(AF_INET, SOCK_STREAM, 0);
    connect(sock, (sockaddr *)&addr, sizeof(addr));
    recvCode("220");
    sendLine("HELO cpp");
    recvCode("250");
    sendLine("AUTH LOGIN");
    recvCode("334");
    sendLine("bGlodWEyMDE4QDE2My5jb20=");
    recvCode("334");
    sendLine("UFdPRUlSVVRZTEtKSEdGRA==");
    recvCode("235");
    sendLine("MAIL FROM <lihua2018@163.com>");
    recvCode("250");
    sendLine("RCPT TO <lihua2018@qq.com>");
    recvCode("250");
    sendLine("DATA");
    recvCode("354");
    sendLine("From:lihua2018@163.com");
    sendLine("To:lihua2018@qq.com");
    sendLine("Subject:Hello");
    sendLine("");
    sendLine("Good morning!");
    sendLine(".");
    recvCode("250");
    sendLine("QUIT");
    recvCode("221");
    close(sock);
    return 0;
}

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX 1024
char buf[MAX];
int sockfd;

void sendAndReceive(char *msg) {
    bzero(buf, MAX);
    strcpy(buf, msg);
    printf("C: %s", buf);
    send(sockfd, buf, sizeof(buf), 0);
    bzero(buf, MAX);
    recv(sockfd, buf, MAX, 0);
    printf("S: %s", buf);
}

int main() {
    struct sockaddr_in servaddr;
    sockfd = socket(AF_INET, SOCK_STREAM, 0);
    bzero(&servaddr, sizeof(servaddr));
    servaddr.sin_family = AF_INET;
    servaddr.sin_addr.s_addr = inet_addr("127.0.0.1");
    servaddr.sin_port = htons(25);
    if (connect(sockfd, (struct sockaddr *)&servaddr, sizeof(servaddr)) != 0) {
        printf("connection failed\n");
        return 1;
    }
    recv(sockfd, buf, MAX, 0);
    printf("S: %s", buf);
    sendAndReceive("HELO client.course.example\r\n");
    sendAndReceive("MAIL FROM:<alice@course.example>\r\n");
    sendAndReceive("RCPT TO:<bob@course.example>\r\n");
    sendAndReceive("DATA\r\n");
    sendAndReceive("Subject: hello\r\n\r\nI love networks\r\n.\r\n");
    sendAndReceive("QUIT\r\n");
    close(sockfd);
}

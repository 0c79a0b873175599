#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

int s;
char reply[2000];

void command(const char *text) {
    send(s, text, strlen(text), 0);
    int n = recv(s, reply, sizeof(reply) - 1, 0);
    reply[n > 0 ? n : 0] = 0;
    printf("%s", reply);
}

int main(void) {
    char server[100], from[100], to[100], line[300];
    int port;
    struct sockaddr_in a;
    printf("Server address: ");
    scanf("%99s", server);
    printf("Port: ");
    scanf("%d", &port);
    printf("From: ");
    scanf("%99s", from);
    printf("To: ");
    scanf("%99s", to);
    if (strcmp(server, "localhost") == 0) strcpy(server, "127.0.0.1");
    memset(&a, 0, sizeof a);
    a.sin_family = AF_INET;
    a.sin_port = htons(port);
    a.sin_addr.s_addr = inet_addr(server);
    s = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(s, (struct sockaddr *)&a, sizeof a) < 0) {
        perror("connect");
        return 1;
    }
    int n = recv(s, reply, sizeof(reply) - 1, 0);
    reply[n] = 0;
    printf("%s", reply);
    command("HELO client.course.example\r\n");
    sprintf(line, "MAIL FROM:<%s>\r\n", from);
    command(line);
    sprintf(line, "RCPT TO:<%s>\r\n", to);
    command(line);
    command("DATA\r\n");
    sprintf(line, "From: %s\r\nTo: %s\r\nSubject: C\r\n\r\nWritten in C.\r\n.\r\n", from, to);
    command(line);
    command("QUIT\r\n");
    close(s);
    return 0;
}

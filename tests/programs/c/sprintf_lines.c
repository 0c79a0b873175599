/* Simple mail client, network programming assignment 2 */
#include <arpa/inet.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define BUF 1024
static int sock;

void receive(const char *code) {
    char buf[BUF];
    int n = recv(sock, buf, BUF - 1, 0);
    if (n <= 0) { perror("recv"); exit(1); }
    buf[n] = 0;
    printf("%s", buf);
    if (strncmp(buf, code, 3) != 0) fprintf(stderr, "%s not received\n", code);
}

void transmit(const char *text) {
    printf("%s", text);
    send(sock, text, strlen(text), 0);
}

int main(int argc, char **argv) {
    struct sockaddr_in to = {0};
    char line[BUF];
    to.sin_family = AF_INET;
    to.sin_port = htons(atoi(argv[2]));
    inet_pton(AF_INET, argv[1], &to.sin_addr);
    sock = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(sock, (struct sockaddr *)&to, sizeof to) < 0) { perror("connect"); return 1; }
    receive("220");
    sprintf(line, "HELO %s\n", "client.example");
    transmit(line);
    receive("250");
    sprintf(line, "MAIL FROM: %s\n", "alice@client.example");
    transmit(line);
    receive("250");
    sprintf(line, "RCPT TO: %s\n", "bob@example.org");
    transmit(line);
    receive("250");
    transmit("DATA\n");
    receive("354");
    transmit("From: alice@client.example\nTo: bob@example.org\nSubject: Hello\n\nThis is C.\n.\n");
    receive("250");
    transmit("QUIT\n");
    receive("221");
    close(sock);
    return 0;
}

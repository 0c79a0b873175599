#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void sm(int sock, const char *format, const char *argument) {
    char line[1024];
    if (argument)
        snprintf(line, sizeof(line), format, argument);
    else
        snprintf(line, sizeof(line), "%s", format);
    send(sock, line, strlen(line), 0);
}

int main(int argc, char **argv) {
    if (argc < 4) {
        printf("usage: sendmail host from to\n");
        return 1;
    }
    struct hostent *h = gethostbyname(argv[1]);
    struct sockaddr_in addr;
    int sock = socket(AF_INET, SOCK_STREAM, 0);
    memset(&addr, 0, sizeof(addr));
    addr.sin_family = AF_INET;
    addr.sin_port = htons(25);
    memcpy(&addr.sin_addr, h->h_addr, h->h_length);
    if (connect(sock, (struct sockaddr *)&addr, sizeof(addr)) != 0) {
        perror("connect");
        return 1;
    }
    sm(sock, "HELO %s\n", "laptop");
    sm(sock, "MAIL FROM:<%s>\n", argv[2]);
    sm(sock, "RCPT TO:<%s>\n", argv[3]);
    sm(sock, "DATA\n", NULL);
    sm(sock, "From: %s\n", argv[2]);
    sm(sock, "To: %s\n", argv[3]);
    sm(sock, "Subject: test\n\n", NULL);
    sm(sock, "This is the text.\n", NULL);
    sm(sock, ".\n", NULL);
    sm(sock, "QUIT\n", NULL);
    char answers[4096];
    int n;
    while ((n = recv(sock, answers, sizeof(answers), 0)) > 0) fwrite(answers, 1, n, stdout);
    close(sock);
    return 0;
}

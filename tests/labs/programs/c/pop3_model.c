#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <unistd.h>
#include <arpa/inet.h>
#include <sys/socket.h>
static int fd;
static void line(char *buf, size_t size) {
    size_t n = 0; char c;
    while (n + 1 < size && read(fd, &c, 1) == 1) { buf[n++] = c; if (c == '\n') break; }
    buf[n] = 0;
}
static int cmd(const char *text) {
    char buf[1024];
    if (text) { char out[1024]; int n = snprintf(out, sizeof out, "%s\r\n", text); if (write(fd, out, n) != n) exit(1); }
    line(buf, sizeof buf);
    printf("%s", buf);
    return buf[0] == '+';
}
static void rest(void) {
    char buf[2048];
    for (;;) { line(buf, sizeof buf); if (!buf[0] || strcmp(buf, ".\r\n") == 0) break; printf("%s", buf[0] == '.' ? buf + 1 : buf); }
}
int main(int argc, char **argv) {
    char text[200]; struct sockaddr_in a = {0};
    a.sin_family = AF_INET; a.sin_port = htons(110); inet_pton(AF_INET, "127.0.0.1", &a.sin_addr);
    fd = socket(AF_INET, SOCK_STREAM, 0);
    if (connect(fd, (void *)&a, sizeof a)) { perror("connect"); return 1; }
    cmd(NULL);
    snprintf(text, sizeof text, "USER %s", argv[1]); cmd(text);
    snprintf(text, sizeof text, "PASS %s", argv[2]); if (!cmd(text)) { cmd("QUIT"); return 1; }
    cmd("STAT");
    if (cmd("LIST")) rest();
    if (cmd("RETR 1")) rest();
    if (cmd("TOP 2 0")) rest();
    if (cmd("RETR 2")) rest();
    cmd("DELE 1");
    cmd("QUIT");
    return 0;
}

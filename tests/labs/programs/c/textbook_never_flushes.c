#include <stdio.h>
#include <string.h>
#include <arpa/inet.h>
#include <unistd.h>
#include <sys/socket.h>
int main(void) {
    struct sockaddr_in a = {0};
    char buf[2000];
    int n, fd = socket(AF_INET, SOCK_STREAM, 0);
    a.sin_family = AF_INET;
    a.sin_port = htons(25);
    inet_pton(AF_INET, "127.0.0.1", &a.sin_addr);
    if (connect(fd, (struct sockaddr *)&a, sizeof a) < 0) { perror("connect"); return 1; }
    FILE *f = fdopen(fd, "r+");
    n = read(fd, buf, sizeof buf - 1); buf[n] = 0; printf("%s", buf);
    fprintf(f, "HELO me.course.example\r\n");
    n = read(fd, buf, sizeof buf - 1); buf[n] = 0; printf("%s", buf);
    fprintf(f, "MAIL FROM:<alice@course.example>\r\n");
    n = read(fd, buf, sizeof buf - 1); buf[n] = 0; printf("%s", buf);
    fprintf(f, "RCPT TO:<bob@course.example>\r\n");
    n = read(fd, buf, sizeof buf - 1); buf[n] = 0; printf("%s", buf);
    return 0;
}

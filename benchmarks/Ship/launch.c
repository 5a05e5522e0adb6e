/* launch TIMES PROGRAM [ARGUMENT…]: starts a program that often, one after the other, and prints for each start the microseconds from exec to exit and those that a
   processor worked, the peak resident size in KiB and the exit code. In C, because a child's peak counts what its parent had resident when it started it. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static double microseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1e6 + now.tv_nsec / 1e3;
}

static long work(struct timeval time)
{
    return time.tv_sec * 1000000L + time.tv_usec;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "Usage: launch TIMES PROGRAM [ARGUMENT...]\n");
        return 2;
    }

    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    for (int i = atoi(argv[1]); i > 0; i--) {
        pid_t child;
        int status;
        struct rusage usage;
        double start = microseconds();
        if (posix_spawn(&child, argv[2], &actions, NULL, argv + 2, environ) != 0 || wait4(child, &status, 0, &usage) != child) {
            fprintf(stderr, "%s cannot be started.\n", argv[2]);
            return 2;
        }

        printf("%.0f %ld %ld %d\n", microseconds() - start, work(usage.ru_utime) + work(usage.ru_stime), usage.ru_maxrss, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    }

    return 0;
}

/* How the emulated board (qemu's mps2-an386, a Cortex-M4) starts: its memory begins with where the stack ends and where the program starts. A board of yours comes with a file like this. */
extern void _start(void);

__attribute__((section(".vectors"), used)) static void (*const vectors[])(void) = { (void (*)(void))0x20400000, _start };

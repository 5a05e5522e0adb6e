/* What starting any program takes: less is not to be had. */
int main(void)
{
    return 0;
}

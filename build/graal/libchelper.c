// What the image builder of GraalVM links into every executable as liblibchelper.a, and what its distributions have
// compiled. Each function bears the name by which com.oracle.svm.core imports it.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <jni.h>
#include <limits.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "svm_locale.h"

#if defined(__x86_64__)
#include "amd64cpufeatures.h"
#elif defined(__aarch64__)
#include "aarch64cpufeatures.h"
#else
#error "only x86-64 and aarch64"
#endif

// ---- The process ----

extern char **environ;

char **getEnviron(void) {
    return environ;
}

int getThreadId(void) {
    return (int) syscall(SYS_gettid);
}

// -1: the caller reads /proc instead.
long getThreadUserTimeSlow(int thread) {
    (void) thread;
    return -1;
}

void *mremapP(void *old, size_t old_bytes, size_t new_bytes, int flags, void *wanted) {
    return mremap(old, old_bytes, new_bytes, flags, wanted);
}

int fprintfSD(FILE *file, char *format, char *text, int number) {
    return fprintf(file, format, text, number);
}

int openSII(char *path, int flags, int mode) {
    return open(path, flags, mode);
}

// Only needed where code is made at run time.
void codeSynchronization_clearCache(long from, long to) {
    (void) from;
    (void) to;
}

// ---- Language and time zone ----

static svm_locale_props_t english = {.display_language = "en", .display_country = "US", .format_language = "en",
                                     .format_country = "US"};

// pgkeep speaks English and formats alike everywhere.
int svm_initialize_locale(void) {
    return SVM_LOCALE_INITIALIZATION_SUCCEEDED;
}

svm_locale_props_t *svm_get_locale(void) {
    return &english;
}

static const char ZONES[] = "/usr/share/zoneinfo";

static int same_content(const char *path, const char *wanted, size_t bytes) {
    struct stat found;
    if (stat(path, &found) != 0 || !S_ISREG(found.st_mode) || (size_t) found.st_size != bytes) return 0;
    FILE *file = fopen(path, "rb");
    if (!file) return 0;
    char *content = malloc(bytes);
    int same = content && fread(content, 1, bytes, file) == bytes && memcmp(content, wanted, bytes) == 0;
    free(content);
    fclose(file);
    return same;
}

// The name of the zone below a folder whose file is this one; NULL when there is none.
static char *zone_with_content(const char *folder, const char *wanted, size_t bytes, int depth) {
    DIR *entries = depth < 4 ? opendir(folder) : NULL;
    if (!entries) return NULL;
    char *name = NULL;
    for (struct dirent *entry; !name && (entry = readdir(entries));) {
        const char *word = entry->d_name;
        if (*word == '.' || !strcmp(word, "posix") || !strcmp(word, "right") || !strcmp(word, "localtime") ||
            !strcmp(word, "posixrules") || !strcmp(word, "Factory")) continue;
        char path[PATH_MAX];
        struct stat found;
        if (snprintf(path, sizeof path, "%s/%s", folder, word) >= (int) sizeof path || stat(path, &found) != 0) continue;
        if (S_ISDIR(found.st_mode)) {
            name = zone_with_content(path, wanted, bytes, depth + 1);
        } else if (same_content(path, wanted, bytes)) {
            name = strdup(path + sizeof ZONES);
        }
    }
    closedir(entries);
    return name;
}

// Where /etc/localtime is a copy instead of a link, as in many containers.
static char *zone_of_copy(void) {
    char content[65536];
    FILE *file = fopen("/etc/localtime", "rb");
    if (!file) return NULL;
    size_t bytes = fread(content, 1, sizeof content, file);
    fclose(file);
    return bytes == 0 || bytes == sizeof content ? NULL : zone_with_content(ZONES, content, bytes, 0);
}

static char *zone_named_in_file(void) {
    char line[256];
    FILE *file = fopen("/etc/timezone", "r");
    if (!file) return NULL;
    char *read = fgets(line, sizeof line, file);
    fclose(file);
    if (!read) return NULL;
    line[strcspn(line, " \t\r\n")] = 0;
    return *line ? strdup(line) : NULL;
}

// The id of the time zone, as the JDK finds it: TZ, /etc/timezone, what /etc/localtime links to or is a copy of.
char *SVM_FindJavaTZmd(char *mappings, int length) {
    (void) mappings;
    (void) length;
    char *zone = getenv("TZ");
    if (zone && *zone == ':') zone++;
    if (zone && !strncmp(zone, ZONES, sizeof ZONES - 1) && zone[sizeof ZONES - 1] == '/') zone += sizeof ZONES;
    if (zone && *zone && *zone != '/') return strdup(zone);
    char target[PATH_MAX];
    ssize_t length_of_target = readlink("/etc/localtime", target, sizeof target - 1);
    if (length_of_target > 0) {
        target[length_of_target] = 0;
        char *name = strstr(target, "zoneinfo/");
        if (name) return strdup(name + strlen("zoneinfo/"));
    }
    char *found = zone_named_in_file();
    if (!found) found = zone_of_copy();
    return found ? found : strdup("UTC");
}

// ---- The processor ----

#if defined(__x86_64__)
#define HAS(field, name) features->field = __builtin_cpu_supports(name) != 0

static void leaf7(unsigned *b) {
    unsigned a = 7, c = 0, d;
    __asm__("cpuid" : "+a"(a), "=b"(*b), "+c"(c), "=d"(d));
}

void determineCPUFeatures(CPUFeatures *features) {
    __builtin_cpu_init();
    // Part of every x86-64.
    features->fCX8 = features->fFXSR = features->fTSC = features->fFLUSH = 1;
    HAS(fCMOV, "cmov");
    HAS(fMMX, "mmx");
    HAS(fSSE, "sse");
    HAS(fSSE2, "sse2");
    HAS(fSSE3, "sse3");
    HAS(fSSSE3, "ssse3");
    HAS(fSSE4_1, "sse4.1");
    HAS(fSSE4_2, "sse4.2");
    HAS(fPOPCNT, "popcnt");
    HAS(fLZCNT, "lzcnt");
    HAS(fAVX, "avx");
    HAS(fAVX2, "avx2");
    HAS(fAES, "aes");
    HAS(fCLMUL, "pclmul");
    HAS(fBMI1, "bmi");
    HAS(fBMI2, "bmi2");
    HAS(fADX, "adx");
    HAS(fFMA, "fma");
    HAS(fF16C, "f16c");
    features->fVZEROUPPER = features->fAVX;
    if (__builtin_cpu_supports("sse2")) {
        unsigned b;
        leaf7(&b);
        features->fSHA = b >> 29 & 1;
        features->fERMS = b >> 9 & 1;
        features->fFLUSHOPT = b >> 23 & 1;
    }
}
#else
void determineCPUFeatures(CPUFeatures *features) {
    // Part of every ARMv8-A; what else there is, is left unused.
    features->fFP = features->fASIMD = 1;
}
#endif

// What the executable was compiled for: a byte for each feature, 0xfe where it is needed and 0xff where it is not.
int checkCPUFeatures(unsigned char *needed) {
    CPUFeatures here = {0};
    determineCPUFeatures(&here);
    for (size_t i = 0; i < sizeof here; i++) {
        if ((unsigned char) (((unsigned char *) &here)[i] | needed[i]) != 0xff) return 1;
    }
    return 0;
}

int checkCPUFeaturesOrExit(unsigned char *needed, char *error) {
    if (checkCPUFeatures(needed) == 0) return 0;
    fputs(error, stderr);
    exit(1);
}

// ---- Signals ----

static volatile int opened;
static volatile int pending[NSIG];
static sem_t arrived;

// Not 0: somebody else has them already.
int cSunMiscSignal_open(void) {
    return __sync_bool_compare_and_swap(&opened, 0, 1) ? sem_init(&arrived, 0, 0) : 1;
}

int cSunMiscSignal_close(void) {
    return __sync_bool_compare_and_swap(&opened, 1, 0) ? sem_destroy(&arrived) : 0;
}

int cSunMiscSignal_awaitSemaphore(void) {
    return sem_wait(&arrived);
}

int cSunMiscSignal_signalSemaphore(void) {
    return sem_post(&arrived);
}

int cSunMiscSignal_signalRangeCheck(int number) {
    return number > 0 && number < NSIG;
}

// One signal that has arrived, or -1.
int cSunMiscSignal_checkPendingSignal(void) {
    for (int i = 1; i < NSIG; i++) {
        int count = pending[i];
        if (count > 0 && __sync_bool_compare_and_swap(&pending[i], count, count - 1)) return i;
    }
    return -1;
}

static void note(int number) {
    if (number > 0 && number < NSIG) {
        __sync_fetch_and_add(&pending[number], 1);
        sem_post(&arrived);
    }
}

void (*cSunMiscSignal_signalHandlerFunctionPointer(void))(int) {
    return note;
}

// ---- Attaching of debuggers: there is none ----

void svm_attach_startup(char *path) {
    (void) path;
}

void svm_attach_listener_cleanup(int socket, char *path) {
    (void) socket;
    (void) path;
}

int svm_attach_check_socket_file(char *path) {
    (void) path;
    return 0;
}

int svm_attach_is_init_trigger(char *path) {
    (void) path;
    return 0;
}

int svm_attach_create_listener(char *path) {
    (void) path;
    return -1;
}

int svm_attach_wait_for_request(int socket) {
    (void) socket;
    return -1;
}

void svm_attach_shutdown_socket(int socket) {
    (void) socket;
}

// ---- Beginning of the JDK's libraries ----

// In a distribution they are linked in; here they are shared libraries, whose own beginning is called.
static jint begin(JavaVM *vm, void *reserved, const char *library) {
    void *handle = dlopen(library, RTLD_LAZY | RTLD_GLOBAL);
    if (!handle) return JNI_VERSION_10;
    jint (*on_load)(JavaVM *, void *) = (jint (*)(JavaVM *, void *)) dlsym(handle, "JNI_OnLoad");
    Dl_info origin;
    // A library without one would answer with that of another.
    if (!on_load || !dladdr((void *) on_load, &origin) || !strstr(origin.dli_fname, library)) return JNI_VERSION_10;
    jint version = on_load(vm, reserved);
    return version < JNI_VERSION_10 ? JNI_VERSION_10 : version;
}

jint JNI_OnLoad_java(JavaVM *vm, void *reserved) {
    return begin(vm, reserved, "libjava.so");
}

jint JNI_OnLoad_zip(JavaVM *vm, void *reserved) {
    return begin(vm, reserved, "libzip.so");
}

jint JNI_OnLoad_nio(JavaVM *vm, void *reserved) {
    return begin(vm, reserved, "libnio.so");
}

jint JNI_OnLoad_net(JavaVM *vm, void *reserved) {
    return begin(vm, reserved, "libnet.so");
}

jint JNI_OnLoad_extnet(JavaVM *vm, void *reserved) {
    (void) vm;
    (void) reserved;
    return JNI_VERSION_10;
}

jint JNI_OnLoad_management(JavaVM *vm, void *reserved) {
    (void) vm;
    (void) reserved;
    return JNI_VERSION_10;
}

__attribute__((weak)) void Java_com_sun_management_internal_OperatingSystemImpl_initialize0(JNIEnv *env, jclass type) {
    (void) env;
    (void) type;
}

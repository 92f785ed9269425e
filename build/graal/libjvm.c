// Stands in for libjvm.so, on which the JDK's own libraries (libjava, libnet, libnio, libzip) depend. In a native
// executable most of what they ask of a JVM is answered by the image itself, so few of these functions are ever
// reached: those that are written here. For every other name that those libraries import, the build makes a
// MISSING(name): a Java error that says which function it was, instead of an abort.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <jni.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

// ---- Text ----

EXPORT int jio_vfprintf(FILE *file, const char *format, va_list values) {
    return vfprintf(file, format, values);
}

// As in the JVM: what does not fit is cut, and -1 says so.
EXPORT int jio_vsnprintf(char *text, size_t bytes, const char *format, va_list values) {
    if (bytes == 0) return -1;
    int length = vsnprintf(text, bytes, format, values);
    if (length >= 0 && (size_t) length < bytes) return length;
    text[bytes - 1] = 0;
    return -1;
}

EXPORT int jio_snprintf(char *text, size_t bytes, const char *format, ...) {
    va_list values;
    va_start(values, format);
    int length = jio_vsnprintf(text, bytes, format, values);
    va_end(values);
    return length;
}

EXPORT int jio_fprintf(FILE *file, const char *format, ...) {
    va_list values;
    va_start(values, format);
    int length = vfprintf(file, format, values);
    va_end(values);
    return length;
}

EXPORT char *JVM_NativePath(char *path) {
    return path;
}

EXPORT jstring JVM_GetTemporaryDirectory(JNIEnv *env) {
    return (*env)->NewStringUTF(env, "/tmp");
}

// ---- Time ----

static jlong now(clockid_t clock, jlong seconds_before, jlong per_second) {
    struct timespec time;
    clock_gettime(clock, &time);
    return (time.tv_sec - seconds_before) * per_second + time.tv_nsec / (1000000000 / per_second);
}

EXPORT jlong JVM_CurrentTimeMillis(JNIEnv *env, jclass type) {
    (void) env;
    (void) type;
    return now(CLOCK_REALTIME, 0, 1000);
}

EXPORT jlong JVM_NanoTime(JNIEnv *env, jclass type) {
    (void) env;
    (void) type;
    return now(CLOCK_MONOTONIC, 0, 1000000000);
}

// -1: so far from now that it does not fit, as the JVM has it.
EXPORT jlong JVM_GetNanoTimeAdjustment(JNIEnv *env, jclass type, jlong seconds) {
    (void) env;
    (void) type;
    jlong distance = now(CLOCK_REALTIME, 0, 1) - seconds;
    return distance >= 0x0100000000LL || distance <= -0x0100000000LL ? -1 : now(CLOCK_REALTIME, seconds, 1000000000);
}

// ---- The process ----

EXPORT jint JVM_ActiveProcessorCount(void) {
    cpu_set_t cpus;
    return sched_getaffinity(0, sizeof cpus, &cpus) == 0 ? CPU_COUNT(&cpus) : (jint) sysconf(_SC_NPROCESSORS_ONLN);
}

EXPORT jboolean JVM_IsUseContainerSupport(void) {
    return JNI_FALSE;
}

EXPORT jboolean JVM_IsContainerized(void) {
    return JNI_FALSE;
}

EXPORT void JVM_BeforeHalt(void) {}

EXPORT void JVM_Halt(jint status) {
    _exit(status);
}

// ---- What a JVM is asked without an environment, in which an error could be left ----

EXPORT void JVM_GC(void) {}

EXPORT jlong JVM_TotalMemory(void) {
    return 0;
}

EXPORT jlong JVM_FreeMemory(void) {
    return 0;
}

EXPORT jlong JVM_MaxMemory(void) {
    return 0;
}

EXPORT jboolean JVM_IsPreviewEnabled(void) {
    return JNI_FALSE;
}

EXPORT jboolean JVM_IsContinuationsSupported(void) {
    return JNI_FALSE;
}

EXPORT jboolean JVM_IsForeignLinkerSupported(void) {
    return JNI_FALSE;
}

EXPORT jint JVM_GetCDSConfigStatus(void) {
    return 0;
}

EXPORT jlong JVM_GetRandomSeedForDumping(void) {
    return 0;
}

EXPORT void *JVM_GetManagement(jint version) {
    (void) version;
    return NULL;
}

// -1: no such signal, or not one that may be handled.
EXPORT jint JVM_FindSignal(const char *name) {
    (void) name;
    return -1;
}

EXPORT void *JVM_RegisterSignal(jint number, void *handler) {
    (void) number;
    (void) handler;
    return (void *) -1;
}

EXPORT jboolean JVM_RaiseSignal(jint number) {
    return raise(number) == 0;
}

// ---- Libraries ----

EXPORT void *JVM_LoadLibrary(const char *name, jboolean throws) {
    (void) throws;
    return dlopen(name, RTLD_LAZY);
}

EXPORT void JVM_UnloadLibrary(void *library) {
    dlclose(library);
}

EXPORT void *JVM_FindLibraryEntry(void *library, const char *name) {
    return dlsym(library, name);
}

EXPORT jboolean JVM_IsSupportedJNIVersion(jint version) {
    return version >= JNI_VERSION_1_1;
}

// ---- Locks of native code ----

EXPORT void *JVM_RawMonitorCreate(void) {
    pthread_mutex_t *lock = malloc(sizeof *lock);
    if (lock) pthread_mutex_init(lock, NULL);
    return lock;
}

EXPORT void JVM_RawMonitorDestroy(void *lock) {
    pthread_mutex_destroy(lock);
    free(lock);
}

EXPORT jint JVM_RawMonitorEnter(void *lock) {
    return pthread_mutex_lock(lock);
}

EXPORT void JVM_RawMonitorExit(void *lock) {
    pthread_mutex_unlock(lock);
}

// ---- What is not here ----

// The functions that are left get the environment of their Java thread as their first argument, all of them.
static jlong missing(JNIEnv *env, const char *name) {
    char message[200];
    snprintf(message, sizeof message, "%s: not part of a native executable; PGKEEP_JVM=1 runs pgkeep on Java instead",
             name);
    jclass type = (*env)->FindClass(env, "java/lang/UnsupportedOperationException");
    if (type) (*env)->ThrowNew(env, type, message);
    return 0;
}

#define MISSING(name)                    \
    EXPORT jlong name(JNIEnv *env) {     \
        return missing(env, #name);      \
    }

#include "missing.h"

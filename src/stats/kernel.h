/*
 * How the measured kernels are built: plain loops over lanes, in two builds of which one is chosen when the program
 * starts (with AVX2 and without). A lane does the operations of scalar code in the same order, contraction is off, so
 * that the digits do not depend on the width of the vector unit. Internal to src/stats.
 */
#ifndef OKO_STATS_KERNEL_H
#define OKO_STATS_KERNEL_H

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define OKO_KERNEL
#elif defined(__clang__)
#define OKO_KERNEL
#elif defined(__x86_64__) && defined(__GNUC__) && defined(__linux__)
#define OKO_KERNEL __attribute__((target_clones("avx2", "default")))
#else
#define OKO_KERNEL
#endif

/* Parts of a kernel, built with it. */
#define OKO_KERNEL_INLINE static inline __attribute__((always_inline))

#endif

// The features that the image builder asks of a processor: the fields of its CPUFeatures, one byte each, in its order.
typedef struct {
    char fI, fM, fA, fF, fD, fC, fV;
} CPUFeatures;

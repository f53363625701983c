package dev.limpid.train;

/** A process that starts the engine and no more. */
final class TorchProbe {
    private TorchProbe() {}

    public static void main(String[] args) {
        Torch.start();
    }
}

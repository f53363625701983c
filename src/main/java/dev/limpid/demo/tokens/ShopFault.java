package dev.limpid.demo.tokens;

/** What goes wrong with a visit on its way. */
public enum ShopFault {
    /** A tenth of the clicks, one at least, came as {@link ShopSimulator#LOST}. */
    LOST,
    /** One click came as another one of the shop. */
    REPLACED,
    /** Two or three clicks came over and over. */
    LOOP,
    /** A step of those that always follow their forerunner is not there. */
    SKIPPED,
    /** A click that no shop has came in between. */
    FOREIGN
}

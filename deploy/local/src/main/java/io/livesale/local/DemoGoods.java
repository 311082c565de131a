package io.livesale.local;

import java.util.List;

/** What the demo sale is made of. */
final class DemoGoods {
    /** Codes of GB/T 2260; all were on the state list of poverty-alleviation counties until 2019 or 2020. */
    static final List<County> COUNTIES = List.of(
            new County("611026", "Zhashui", "Shaanxi"),
            new County("610925", "Langao", "Shaanxi"),
            new County("610926", "Pingli", "Shaanxi"),
            new County("510824", "Cangxi", "Sichuan"),
            new County("513431", "Zhaojue", "Sichuan"),
            new County("513437", "Leibo", "Sichuan"));

    static final List<Article> ARTICLES = List.of(
            new Article("Shiitake mushroom paste, 210 g", "611026", "paste", 2590, 1990, 5000, 1000, false),
            new Article("Konjak tofu, 500 g", "610925", "konjak", 1680, 1280, 3000, 600, false),
            new Article("Pingli green tea, 125 g", "610926", "tea", 6800, 5800, 2000, 400, true));

    static final List<Gift> GIFTS = List.of(new Gift("Sunflower", 100), new Gift("Basket of chestnuts", 880));

    private DemoGoods() {}

    record County(String code, String name, String province) {}

    /**
     * One product and its offer.
     *
     * @param picture its name among those the launcher serves
     * @param listPrice fen; so is the price in the sale
     * @param stock units, of which the allotment goes into the sale
     * @param forADay whether its offer closes by itself
     */
    record Article(
            String title,
            String county,
            String picture,
            long listPrice,
            long price,
            int stock,
            int allotment,
            boolean forADay) {}

    /** @param price fen */
    record Gift(String title, long price) {}
}

package io.livesale.catalog;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Where goods and creators come from. {@code designated}: under a poverty-alleviation programme. */
@Entity
@Table(name = "county")
public class County {
    @Id
    private String code;

    private String name;
    private String province;
    private boolean designated;

    /** For Hibernate. */
    protected County() {}

    public String code() {
        return code;
    }

    public String name() {
        return name;
    }

    public String province() {
        return province;
    }

    public boolean designated() {
        return designated;
    }
}

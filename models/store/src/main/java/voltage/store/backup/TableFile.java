package voltage.store.backup;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A table's items in a file, a line each, compressed. Neither writing nor reading holds more than a page of them. */
final class TableFile {
    private static final int LEVEL = 9;

    private TableFile() {}

    /** Takes an item. */
    @FunctionalInterface
    interface Items {
        void take(Map<String, AttributeValue> item) throws IOException;
    }

    /** Reads a whole table, every page consistently. @return items */
    static long write(DynamoDbClient client, String table, Path file) throws IOException {
        long items = 0;
        try (BufferedWriter out = new BufferedWriter(new OutputStreamWriter(
                new ZstdOutputStream(Files.newOutputStream(file), LEVEL), StandardCharsets.UTF_8))) {
            for (Map<String, AttributeValue> item : client.scanPaginator(
                            request -> request.tableName(table).consistentRead(true))
                    .items()) {
                out.write(ItemJson.write(item));
                out.newLine();
                items++;
            }
        }
        return items;
    }

    /** Reads all of a file. @return items */
    static long read(Path file, Items to) throws IOException {
        long items = 0;
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new ZstdInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            for (@Nullable String line = in.readLine(); line != null; line = in.readLine()) {
                to.take(ItemJson.read(line));
                items++;
            }
        }
        return items;
    }
}

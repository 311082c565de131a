# Creates what is missing of the topics in ./topics: name, partitions, settings.
set -eu
while read -r name partitions settings; do
    configs=
    for setting in $settings; do
        configs="$configs --config $setting"
    done
    /opt/kafka/bin/kafka-topics.sh --bootstrap-server kafka-kafka-bootstrap:9092 --create --if-not-exists \
        --topic "$name" --partitions "$partitions" --replication-factor 1 $configs < /dev/null
done < /etc/kafka/topics/topics

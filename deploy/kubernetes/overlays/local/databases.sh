# Once, when the server is made: a database for each service, an owner who migrates it, and the role the service works as.
set -eu
for name in catalog orders payouts; do
    owner_password=$(cat "/etc/databases/$name-owner/password")
    password=$(cat "/etc/databases/$name/password")
    psql --username "$POSTGRES_USER" --no-psqlrc -v ON_ERROR_STOP=1 \
        -v name="$name" -v owner="${name}_owner" -v password="$password" -v owner_password="$owner_password" <<'SQL'
CREATE ROLE :"owner" LOGIN PASSWORD :'owner_password';
CREATE ROLE :"name" LOGIN PASSWORD :'password';
CREATE DATABASE :"name" OWNER :"owner" ENCODING 'UTF8';
SQL
done
